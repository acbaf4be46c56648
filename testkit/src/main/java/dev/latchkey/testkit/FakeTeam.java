package dev.latchkey.testkit;

import dev.latchkey.testkit.graph.ChannelMessage;
import dev.latchkey.testkit.graph.Person;
import dev.latchkey.testkit.graph.Team;
import dev.latchkey.testkit.graph.World;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A team of the {@link FakeGraph}. Thread-safe. */
public final class FakeTeam {

  private final World world;
  private final Team team;
  private final Function<String, Person> people;

  FakeTeam(World world, Team team, Function<String, Person> people) {
    this.world = world;
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

  private static ChannelPost post(ChannelMessage message) {
    return new ChannelPost(
        message.id(),
        Optional.ofNullable(message.replyToId()),
        message.from().username(),
        message.contentType(),
        message.content());
  }

  /** {@return the files of the team} */
  public FakeDrive drive() {
    return new FakeDrive(world.driveOf(team));
  }

  /**
   * Adds a plan.
   *
   * @param title what people call it
   * @return the plan, with no tasks
   */
  public FakePlan addPlan(String title) {
    return new FakePlan(world.planner(), world.planner().addPlan(team, title), people);
  }
}
