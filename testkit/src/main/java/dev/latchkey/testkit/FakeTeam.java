package dev.latchkey.testkit;

import dev.latchkey.testkit.internal.graph.GraphService;
import dev.latchkey.testkit.internal.graph.call.GraphUser;
import dev.latchkey.testkit.internal.graph.team.StoredPost;
import dev.latchkey.testkit.internal.graph.team.StoredTeam;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A team of the {@link FakeGraph}. Thread-safe. */
public final class FakeTeam {

  private final GraphService service;
  private final StoredTeam team;
  private final Function<String, GraphUser> people;

  FakeTeam(GraphService service, StoredTeam team, Function<String, GraphUser> people) {
    this.service = service;
    this.team = team;
    this.people = people;
  }

  /** {@return its id, which is that of its group} */
  public String id() {
    return team.id();
  }

  /**
   * Adds a channel, unless there is one of this name.
   *
   * @param name for example {@code General}, which is there from the first
   * @return its id
   */
  public String addChannel(String name) {
    return team.addChannel(name).id();
  }

  /**
   * What was posted in a channel, replies too.
   *
   * @param channel its name
   * @return oldest first
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

  /** {@return the files of the team} */
  public FakeDrive drive() {
    return new FakeDrive(service.drives.ofGroup(team.id()));
  }

  /**
   * Adds a plan.
   *
   * @param title what people call it
   * @return the plan, with no tasks
   */
  public FakePlan addPlan(String title) {
    return new FakePlan(service.plans, service.plans.addPlan(team, title), people);
  }
}
