/** Web pages as a person meets them: in Chromium, or by plain HTTP. */
@NullMarked
package dev.latchkey.interop.browser;

import org.jspecify.annotations.NullMarked;
