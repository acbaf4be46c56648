package dev.latchkey.testkit.internal.grant;

import dev.latchkey.testkit.TestApp;
import dev.latchkey.testkit.TestUser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The users, tenants and apps of the server. Thread-safe. */
public final class Directory {

  private final Map<String, TestUser> users = new LinkedHashMap<>();
  private final Set<String> disabled = new HashSet<>();
  private final Set<String> tenantIds = new HashSet<>();
  private final Map<String, TestApp> apps = new LinkedHashMap<>();

  public synchronized void add(TestUser user) {
    users.put(key(user.username()), user);
    tenantIds.add(user.tenantId());
  }

  public synchronized void add(TestApp app) {
    apps.put(app.clientId(), app);
  }

  public synchronized List<TestUser> users() {
    return new ArrayList<>(users.values());
  }

  /**
   * A user in the current tenant.
   *
   * @throws IllegalArgumentException if there is no such user
   */
  public synchronized TestUser user(String username) {
    var user = users.get(key(username));
    if (user == null) {
      throw new IllegalArgumentException(
          "The server has no user " + username + ", only " + users.values());
    }
    return user;
  }

  public synchronized void setEnabled(String username, boolean enabled) {
    String key = key(user(username).username());
    if (enabled) {
      disabled.remove(key);
    } else {
      disabled.add(key);
    }
  }

  public synchronized boolean isDisabled(TestUser user) {
    return disabled.contains(key(user.username()));
  }

  /** The app with a client id. Any id is an app if none is registered. */
  public synchronized TestApp app(String clientId) {
    if (apps.isEmpty()) {
      return TestApp.of(clientId);
    }
    var app = apps.get(clientId);
    if (app == null) {
      throw Refusal.of(
          "unauthorized_client",
          700016,
          "Application with identifier '%s' was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant."
              .formatted(clientId));
    }
    return app;
  }

  public synchronized Tenant tenant(String segment) {
    String lower = segment.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "common" -> Tenant.common();
      case "organizations" -> Tenant.organizations();
      case "consumers" -> Tenant.consumers();
      default -> known(Tenant.single(lower));
    };
  }

  private Tenant known(Tenant tenant) {
    if (!tenantIds.contains(tenant.id())) {
      throw Refusal.of(
          "invalid_tenant",
          90002,
          "Tenant '%s' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."
              .formatted(tenant.segment()));
    }
    return tenant;
  }

  private static String key(String username) {
    return username.toLowerCase(Locale.ROOT);
  }
}
