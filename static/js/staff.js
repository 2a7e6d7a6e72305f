import { offerCopy } from "./copy.js";
import "./portal.js";

offerCopy(document);
