package dev.latchkey.testkit;

import java.util.Optional;

/**
 * A message that somebody posted in a channel of a {@link FakeTeam}.
 *
 * @param id its id
 * @param replyTo the id of the message that it replies to, if it is a reply
 * @param from the username of who posted it
 * @param contentType {@code text} or {@code html}
 * @param content what it says
 */
public record ChannelPost(
    String id, Optional<String> replyTo, String from, String contentType, String content) {}
