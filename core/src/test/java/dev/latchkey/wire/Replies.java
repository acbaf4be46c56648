package dev.latchkey.wire;

import dev.latchkey.error.OAuthError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replies and errors as a server might send them. */
final class Replies {

  private Replies() {}

  static Reply json(int status, String text) {
    var json = Json.object(text);
    return new Reply(status, json, null, OAuthErrors.read(status, json), null, null, 0, 0);
  }

  static Reply nonsense(int status, String problem) {
    return new Reply(status, null, problem, null, null, null, 0, 0);
  }

  static OAuthError error(String error, Integer... aadsts) {
    return new OAuthError(400, error, null, null, List.of(aadsts), null, null, null, null, null);
  }

  static OAuthError described(int status, String error, @Nullable String description) {
    return new OAuthError(
        status, error, description, null, List.of(), null, null, null, null, null);
  }

  static OAuthError suberror(String error, String suberror) {
    return new OAuthError(400, error, null, suberror, List.of(), null, null, null, null, null);
  }

  static OAuthError claims(String error, String claims, Integer... aadsts) {
    return new OAuthError(400, error, null, null, List.of(aadsts), claims, null, null, null, null);
  }
}
