package dev.latchkey.testkit.internal.graph.mail;

import dev.latchkey.testkit.internal.graph.call.GraphUser;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All mailboxes. Thread-safe. */
public final class StoredMailboxes {

  private final Map<String, StoredMailbox> byUserId = new ConcurrentHashMap<>();
  private final Function<String, @Nullable GraphUser> users;
  private final InstantSource clock;

  /**
   * Creates each mailbox when it is first used.
   *
   * @param users finds a user by address; null if nobody has it
   */
  public StoredMailboxes(Function<String, @Nullable GraphUser> users, InstantSource clock) {
    this.users = users;
    this.clock = clock;
  }

  public StoredMailbox of(GraphUser user) {
    return byUserId.computeIfAbsent(user.id(), id -> new StoredMailbox(user, clock));
  }

  @Nullable StoredMailbox at(String address) {
    GraphUser user = users.apply(address);
    return user == null ? null : of(user);
  }
}
