package dev.latchkey.testkit.internal.graph.call;

import java.util.Set;

/**
 * For whom a request is made, and what the app may do.
 *
 * @param scopes of the access token, without the prefix of Graph
 */
public record Caller(GraphUser person, Set<String> scopes) {

  boolean may(Permission permission) {
    return permission.isGrantedBy(scopes);
  }
}
