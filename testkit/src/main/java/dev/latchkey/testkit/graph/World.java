package dev.latchkey.testkit.graph;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that Graph knows. Thread-safe. */
public final class World {

  final InstantSource clock;
  private final Function<String, @Nullable Person> people;
  private final Map<String, Drive> drives = new ConcurrentHashMap<>();
  private final Map<String, Mailbox> mailboxes = new ConcurrentHashMap<>();
  private final Map<String, Team> teams = new ConcurrentHashMap<>();
  private final List<Site> sites = new CopyOnWriteArrayList<>();
  private final Planner planner;

  /**
   * An empty world.
   *
   * @param people finds somebody by username
   */
  public World(InstantSource clock, Function<String, @Nullable Person> people) {
    this.clock = clock;
    this.people = people;
    this.planner = new Planner(clock);
  }

  @Nullable Person person(String username) {
    return people.apply(username);
  }

  /** {@return somebody's own drive} */
  public Drive driveOf(Person person) {
    return drives.computeIfAbsent(
        driveId(person.id()),
        id ->
            new Drive(
                id,
                person.personal() ? Drive.Kind.PERSONAL : Drive.Kind.BUSINESS,
                person.id(),
                clock));
  }

  private static String driveId(String owner) {
    byte[] hash = uuid("drive:" + owner).getBytes(StandardCharsets.UTF_8);
    return "b!" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  static String uuid(String seed) {
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }

  Drive libraryOf(String owner) {
    return drives.computeIfAbsent(
        driveId(owner), id -> new Drive(id, Drive.Kind.LIBRARY, owner, clock));
  }

  @Nullable Drive drive(String id) {
    return drives.get(id);
  }

  /** {@return all drives that anybody has asked for} */
  public Collection<Drive> drives() {
    return drives.values();
  }

  /** {@return somebody's mailbox} */
  public Mailbox mailboxOf(Person person) {
    return mailboxes.computeIfAbsent(person.id(), id -> new Mailbox(person, clock));
  }

  /**
   * Adds a site.
   *
   * @param path from the root of the host, for example {@code /sites/marketing}
   */
  public Site addSite(String host, String path) {
    Site site = Site.of(host, path);
    sites.add(site);
    return site;
  }

  List<Site> sites() {
    return sites;
  }

  /** {@return the documents of a site} */
  public Drive driveOf(Site site) {
    return libraryOf(site.id());
  }

  /** Adds a team. */
  public Team addTeam(String name, List<Person> members) {
    Team team = new Team(uuid("team:" + name + teams.size()), name, members, clock);
    teams.put(team.id(), team);
    return team;
  }

  Collection<Team> teams() {
    return teams.values();
  }

  @Nullable Team team(String id) {
    return teams.get(id);
  }

  /** {@return the files of a team} */
  public Drive driveOf(Team team) {
    return libraryOf(team.id());
  }

  /** {@return all plans} */
  public Planner planner() {
    return planner;
  }
}
