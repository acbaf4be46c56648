/** A real node oidc-provider, and Latchkey against it. */
@NullMarked
package dev.latchkey.interop.oidcprovider;

import org.jspecify.annotations.NullMarked;
