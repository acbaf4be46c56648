package dev.latchkey.examples.demo;

import java.net.URI;
import java.util.List;

/**
 * What others need to know of the servers that are up, and what they find there.
 *
 * @param server the authorization server's base URL
 * @param graph Graph's, with its version
 * @param clientId an app that is registered
 * @param scopes all that the commands need
 * @param people who can sign in
 * @param team of which all but the last are members
 * @param channels its channels
 * @param site a SharePoint site, as {@code HOST:/PATH}
 * @param driveId that of the team's files
 */
public record RunningServers(
    URI server,
    URI graph,
    String clientId,
    List<String> scopes,
    List<String> people,
    String team,
    List<String> channels,
    String site,
    String driveId) {

  /** Copies the lists. */
  public RunningServers {
    scopes = List.copyOf(scopes);
    people = List.copyOf(people);
    channels = List.copyOf(channels);
  }
}
