package dev.latchkey.testkit.graph;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A team and its channels. Thread-safe. */
public final class Team {

  private final String id;
  private final String name;
  private final List<Person> members;
  private final InstantSource clock;
  private final List<Channel> channels = new ArrayList<>();

  Team(String id, String name, List<Person> members, InstantSource clock) {
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

  boolean hasMember(Person person) {
    return members.stream().anyMatch(member -> member.id().equals(person.id()));
  }

  /** Adds a channel, or finds the one of this name. */
  public synchronized Channel addChannel(String channelName) {
    Channel present = find(channelName);
    if (present != null) {
      return present;
    }
    String channelId = "19:" + World.uuid(id + channelName).replace("-", "") + "@thread.tacv2";
    Channel added = new Channel(channelId, channelName, clock);
    channels.add(added);
    return added;
  }

  /** {@return the channel of this name, or null} */
  public @Nullable Channel find(String channelName) {
    return channels().stream()
        .filter(each -> each.name().equals(channelName))
        .findFirst()
        .orElse(null);
  }

  synchronized List<Channel> channels() {
    return List.copyOf(channels);
  }

  @Nullable Channel channel(String channelId) {
    return channels().stream().filter(each -> each.id().equals(channelId)).findFirst().orElse(null);
  }
}
