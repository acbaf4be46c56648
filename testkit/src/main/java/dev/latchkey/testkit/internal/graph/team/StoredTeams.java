package dev.latchkey.testkit.internal.graph.team;

import dev.latchkey.testkit.internal.graph.call.GraphUser;
import dev.latchkey.testkit.internal.http.StableId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All teams. Thread-safe. */
public final class StoredTeams {

  private final Map<String, StoredTeam> byId = new ConcurrentHashMap<>();
  private final InstantSource clock;

  public StoredTeams(InstantSource clock) {
    this.clock = clock;
  }

  public StoredTeam add(String name, List<GraphUser> members) {
    var team = new StoredTeam(StableId.of("team:" + name + byId.size()), name, members, clock);
    byId.put(team.id(), team);
    return team;
  }

  Collection<StoredTeam> all() {
    return byId.values();
  }

  public @Nullable StoredTeam find(String id) {
    return byId.get(id);
  }
}
