import { focusErrorSummary } from "./error-summary.js";
import { standAlone } from "./exclusive.js";
import { ignoreSecondPress } from "./once.js";
import { offerPrint } from "./print.js";

focusErrorSummary(document);
standAlone(document);
ignoreSecondPress(document);
offerPrint(document);
