package dev.latchkey.examples.demo;

import java.net.URI;
import java.util.List;

/**
 * What other programs need to know about the running servers, and what they find there.
 *
 * @param server the authorization server's base URL
 * @param graph Graph's base URL with its version
 * @param clientId the id of a registered app
 * @param scopes the scopes that the commands need
 * @param people the usernames that can sign in
 * @param team a team; all people but the last are members
 * @param channels the team's channels
 * @param site a SharePoint site, as {@code HOST:/PATH}
 * @param driveId the id of the drive with the team's files
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
