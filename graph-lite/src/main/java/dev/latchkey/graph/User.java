package dev.latchkey.graph;

import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A person. A member that Graph left out is null.
 *
 * @param id the object id
 * @param displayName the display name
 * @param mail the email address
 * @param userPrincipalName the name with which they sign in
 * @param jobTitle the job title
 * @see <a href="https://learn.microsoft.com/graph/api/resources/user">user resource type</a>
 * @see Batch
 */
public record User(
    String id,
    @Nullable String displayName,
    @Nullable String mail,
    @Nullable String userPrincipalName,
    @Nullable String jobTitle) {

  /**
   * Reads Graph's JSON, such as the body of a batch's response.
   *
   * @param json a user
   * @return the user
   * @throws RuntimeException if it has no id
   */
  public static User fromJson(JsonObject json) {
    return new User(
        Json.requiredString(json, "id"),
        Json.string(json, "displayName"),
        Json.string(json, "mail"),
        Json.string(json, "userPrincipalName"),
        Json.string(json, "jobTitle"));
  }
}
