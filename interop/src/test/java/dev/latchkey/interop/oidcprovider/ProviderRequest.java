package dev.latchkey.interop.oidcprovider;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;

/**
 * A request that an {@link OidcProviderServer} has answered.
 *
 * @param endpoint oidc-provider's name for it: {@code token}, {@code device_authorization}, {@code
 *     revocation}, {@code discovery}, {@code userinfo} and the like
 * @param grantType the parameter {@code grant_type}; empty if there was none
 * @param status the answer's status
 * @param error the answer's {@code error}; empty if it was a success
 * @param at the time of arrival since the server's start, by a monotonic clock
 */
record ProviderRequest(String endpoint, String grantType, int status, String error, Duration at) {
  static ProviderRequest from(JsonElement request) {
    JsonObject members = request.getAsJsonObject();
    return new ProviderRequest(
        members.get("endpoint").getAsString(),
        members.get("grantType").getAsString(),
        members.get("status").getAsInt(),
        members.get("error").getAsString(),
        Duration.ofMillis(members.get("at").getAsLong()));
  }
}
