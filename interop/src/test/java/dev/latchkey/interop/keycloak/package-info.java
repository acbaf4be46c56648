/** A real Keycloak, and Latchkey against it. */
@NullMarked
package dev.latchkey.interop.keycloak;

import org.jspecify.annotations.NullMarked;
