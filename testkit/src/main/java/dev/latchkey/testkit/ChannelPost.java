package dev.latchkey.testkit;

import java.util.Optional;

/**
 * A message in a channel of a {@link FakeTeam}.
 *
 * @param id its id
 * @param replyTo the id of the message that it replies to; empty if it starts a thread
 * @param from the username of its author
 * @param contentType {@code text} or {@code html}
 * @param content its text or HTML
 * @see FakeGraph
 */
public record ChannelPost(
    String id, Optional<String> replyTo, String from, String contentType, String content) {}
