package dev.latchkey.testkit.internal.graph.team;

import dev.latchkey.testkit.internal.graph.call.GraphUser;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A channel and its posts. Thread-safe. */
public final class StoredChannel {

  private final String id;
  private final String name;
  private final InstantSource clock;
  private final List<StoredPost> messages = new ArrayList<>();

  StoredChannel(String id, String name, InstantSource clock) {
    this.id = id;
    this.name = name;
    this.clock = clock;
  }

  /** {@return its id} */
  public String id() {
    return id;
  }

  String name() {
    return name;
  }

  /** {@return all messages and replies, oldest first} */
  public synchronized List<StoredPost> messages() {
    return List.copyOf(messages);
  }

  synchronized StoredPost post(
      GraphUser from,
      @Nullable String replyToId,
      @Nullable String subject,
      String contentType,
      String content,
      String importance) {
    StoredPost message =
        new StoredPost(
            Long.toString(1_700_000_000_000L + messages.size()),
            replyToId,
            from,
            subject,
            contentType,
            content,
            importance,
            clock.instant());
    messages.add(message);
    return message;
  }
}
