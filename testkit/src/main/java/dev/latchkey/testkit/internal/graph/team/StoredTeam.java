package dev.latchkey.testkit.internal.graph.team;

import dev.latchkey.testkit.internal.graph.call.GraphUser;
import dev.latchkey.testkit.internal.http.StableId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A team and its channels. Thread-safe. */
public final class StoredTeam {

  private final String id;
  private final String name;
  private final List<GraphUser> members;
  private final InstantSource clock;
  private final List<StoredChannel> channels = new ArrayList<>();

  public StoredTeam(String id, String name, List<GraphUser> members, InstantSource clock) {
    this.id = id;
    this.name = name;
    this.members = List.copyOf(members);
    this.clock = clock;
    addChannel("General");
  }

  /** {@return its id} */
  public String id() {
    return id;
  }

  String name() {
    return name;
  }

  public boolean hasMember(GraphUser person) {
    return members.stream().anyMatch(member -> member.id().equals(person.id()));
  }

  /** Adds a channel, or finds the one with this name. */
  public synchronized StoredChannel addChannel(String channelName) {
    StoredChannel present = find(channelName);
    if (present != null) {
      return present;
    }
    String channelId = "19:" + StableId.of(id + channelName).replace("-", "") + "@thread.tacv2";
    StoredChannel added = new StoredChannel(channelId, channelName, clock);
    channels.add(added);
    return added;
  }

  /** {@return the channel with this name, or null} */
  public @Nullable StoredChannel find(String channelName) {
    return channels().stream()
        .filter(each -> each.name().equals(channelName))
        .findFirst()
        .orElse(null);
  }

  synchronized List<StoredChannel> channels() {
    return List.copyOf(channels);
  }

  @Nullable StoredChannel channel(String channelId) {
    return channels().stream().filter(each -> each.id().equals(channelId)).findFirst().orElse(null);
  }
}
