package dev.latchkey;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to show to the person who signs in. Control characters are gone, and both URIs are https (or
 * http on loopback), so that they may be printed to a terminal and opened in a browser.
 *
 * @param userCode the code to type
 * @param verificationUri where to type it
 * @param verificationUriComplete the same with the code in it, for a QR code or a browser; null
 *     where the server sends none, as Entra does
 * @param message the server's own instruction, localised; null where it sends none. Show it rather
 *     than words of your own
 * @param expiresIn how long the code is valid, counted from the request
 * @param interval how long this library waits between two polls, at first
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.2">RFC 8628 §3.2</a>
 */
public record DeviceAuthorization(
    String userCode,
    URI verificationUri,
    @Nullable URI verificationUriComplete,
    @Nullable String message,
    Duration expiresIn,
    Duration interval) {}
