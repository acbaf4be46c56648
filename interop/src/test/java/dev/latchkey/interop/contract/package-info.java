/** What Latchkey has to do on every real authorization server, as abstract tests. */
@NullMarked
package dev.latchkey.interop.contract;

import org.jspecify.annotations.NullMarked;
