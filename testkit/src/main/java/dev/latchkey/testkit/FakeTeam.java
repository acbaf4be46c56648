package dev.latchkey.testkit;

import dev.latchkey.testkit.internal.graph.GraphService;
import dev.latchkey.testkit.internal.graph.call.GraphUser;
import dev.latchkey.testkit.internal.graph.team.StoredPost;
import dev.latchkey.testkit.internal.graph.team.StoredTeam;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A team of the {@link FakeGraph}. Thread-safe. No method blocks. */
public final class FakeTeam {

  private final GraphService service;
  private final StoredTeam team;
  private final Function<String, GraphUser> people;

  FakeTeam(GraphService service, StoredTeam team, Function<String, GraphUser> people) {
    this.service = service;
    this.team = team;
    this.people = people;
  }

  /** {@return its id, which is also the id of its group} */
  public String id() {
    return team.id();
  }

  /**
   * Adds a channel, unless the team has one with this name.
   *
   * @param name the name; every team has {@code General}
   * @return its id
   */
  public String addChannel(String name) {
    return team.addChannel(name).id();
  }

  /**
   * The messages in a channel, including replies.
   *
   * @param channel the channel's name
   * @return the messages, oldest first
   * @throws IllegalArgumentException if there is no such channel
   */
  public List<ChannelPost> posts(String channel) {
    var found = team.find(channel);
    if (found == null) {
      throw new IllegalArgumentException("The team has no channel " + channel);
    }
    return found.messages().stream().map(FakeTeam::post).toList();
  }

  private static ChannelPost post(StoredPost message) {
    return new ChannelPost(
        message.id(),
        Optional.ofNullable(message.replyToId()),
        message.from().username(),
        message.contentType(),
        message.content());
  }

  /** {@return the team's files} */
  public FakeDrive drive() {
    return new FakeDrive(service.drives.ofGroup(team.id()));
  }

  /**
   * Adds a plan.
   *
   * @param title the title
   * @return the plan, without tasks
   */
  public FakePlan addPlan(String title) {
    return new FakePlan(service.plans, service.plans.addPlan(team, title), people);
  }
}
