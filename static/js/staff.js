import { offerCopy } from "./copy.js";
import { offerPasskeys } from "./passkey.js";
import "./portal.js";

offerCopy(document);
offerPasskeys(document);
