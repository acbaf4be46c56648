package dev.latchkey.testkit;

import java.util.List;

/**
 * A message in a {@link FakeMailbox} at one moment.
 *
 * @param id its immutable id
 * @param subject its subject
 * @param content its body, text or HTML
 * @param to the addresses of its recipients
 * @param categories its categories
 * @param isRead whether it is marked as read
 * @param internetMessageId its {@code Message-ID}
 * @see FakeGraph
 */
public record TestMail(
    String id,
    String subject,
    String content,
    List<String> to,
    List<String> categories,
    boolean isRead,
    String internetMessageId) {}
