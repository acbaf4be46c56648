package dev.latchkey.graph;

import com.google.gson.JsonObject;
import dev.latchkey.graph.http.Answer;
import dev.latchkey.internal.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A person, as Graph shows them. What Graph left out is null.
 *
 * @param id the object id
 * @param displayName the name to show
 * @param mail the mail address
 * @param userPrincipalName the name they sign in with
 * @param jobTitle what they do
 * @see <a href="https://learn.microsoft.com/graph/api/resources/user">user resource type</a>
 */
public record User(
    String id,
    @Nullable String displayName,
    @Nullable String mail,
    @Nullable String userPrincipalName,
    @Nullable String jobTitle) {

  /** Reads one that is the whole answer. */
  static User of(Answer answer) {
    return answer.read(User::read);
  }

  static User read(JsonObject json) {
    return new User(
        Json.requiredString(json, "id"),
        Json.string(json, "displayName"),
        Json.string(json, "mail"),
        Json.string(json, "userPrincipalName"),
        Json.string(json, "jobTitle"));
  }
}
