package dev.latchkey.internal.session;

import dev.latchkey.SessionListener;
import dev.latchkey.internal.metadata.ServerEndpoints;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.oauth.ServerClock;
import dev.latchkey.internal.time.Time;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What a client was built with.
 *
 * @param exchange created for the first request, because an {@code HttpClient} takes half a second
 * @param workers where store and lock calls block
 * @param callbacks where the application's own code runs; it may wait for workers
 */
public record ClientConfig(
    ServerEndpoints server,
    String clientId,
    Set<String> scopes,
    boolean refreshWanted,
    Set<String> capabilities,
    TokenStore store,
    Supplier<Exchange> exchange,
    Executor workers,
    Executor callbacks,
    SessionListener listener,
    Duration leaseTimeout,
    Time time,
    ServerClock clock) {}
