/** Lets a test have the words of every page, as a page has that came after the first one. */
import "../../static/js/strings_pages.js";
