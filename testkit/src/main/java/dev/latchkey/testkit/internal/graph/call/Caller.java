package dev.latchkey.testkit.internal.graph.call;

import java.util.Set;

/**
 * The user that a request is made for, and what the app may do.
 *
 * @param scopes the scopes of the access token, without Graph's prefix
 */
public record Caller(GraphUser person, Set<String> scopes) {

  boolean may(Permission permission) {
    return permission.isGrantedBy(scopes);
  }
}
