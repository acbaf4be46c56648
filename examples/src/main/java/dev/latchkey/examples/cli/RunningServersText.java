package dev.latchkey.examples.cli;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.demo.RunningServers;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code demo --serve} prints: the variables to export, and what the servers hold. */
record RunningServersText(RunningServers servers, DemoStore store) {

  JsonObject event() {
    JsonObject event = JsonEvents.event("serving");
    event.addProperty("authority_host", servers.server().toString());
    event.addProperty("graph_url", servers.graph().toString());
    event.addProperty("client_id", servers.clientId());
    event.add("scopes", JsonEvents.array(servers.scopes()));
    event.addProperty("store", store.option());
    event.addProperty("file_key", store.key());
    event.add("people", JsonEvents.array(servers.people()));
    event.addProperty("team", servers.team());
    event.add("channels", JsonEvents.array(servers.channels()));
    event.addProperty("site", servers.site());
    event.addProperty("drive_id", servers.driveId());
    return event;
  }

  String text() {
    return "An authorization server and a Graph server run until Ctrl-C. In another terminal:\n\n"
        + variables().entrySet().stream()
            .map(e -> "  export " + e.getKey() + "=" + quoted(e.getValue()) + "\n")
            .collect(Collectors.joining())
        + "\nThe store and its key are for this demo only and are deleted when it ends.\n"
        + ("\nPeople:    " + String.join(", ", servers.people()))
        + ("\nTeam:      " + servers.team() + ", with the channels ")
        + String.join(", ", servers.channels())
        + ("\nSite:      --site " + servers.site())
        + ("\nDrive:     --drive " + servers.driveId() + ", the files of the team");
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    variables.put("LATCHKEY_ENTRA", "common");
    variables.put("LATCHKEY_AUTHORITY_HOST", servers.server().toString());
    variables.put("LATCHKEY_GRAPH_URL", servers.graph().toString());
    variables.put("LATCHKEY_CLIENT_ID", servers.clientId());
    variables.put("LATCHKEY_SCOPE", String.join(" ", servers.scopes()));
    variables.put("LATCHKEY_STORE", store.option());
    variables.put("LATCHKEY_FILE_KEY", store.key());
    return variables;
  }

  /** Quotes for a POSIX shell. */
  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9_./:=+@-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
  }
}
