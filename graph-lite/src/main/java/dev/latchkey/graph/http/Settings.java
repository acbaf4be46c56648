package dev.latchkey.graph.http;

import dev.latchkey.TokenSource;
import dev.latchkey.time.Time;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a client was built with.
 *
 * @param tokens asked before every request
 * @param baseUrl Graph and its version, without a slash at the end
 * @param client made when the first request is; follows no redirects
 * @param deadline how long retrying one request may go on
 * @param attempts how often one request is sent at most
 * @param idleLimit how long nothing may come or go
 * @param userAgent the header
 * @param time what waits between attempts
 */
public record Settings(
    TokenSource tokens,
    URI baseUrl,
    Supplier<HttpClient> client,
    Duration deadline,
    int attempts,
    Duration idleLimit,
    String userAgent,
    Time time) {}
