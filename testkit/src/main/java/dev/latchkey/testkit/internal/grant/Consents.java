package dev.latchkey.testkit.internal.grant;

import dev.latchkey.testkit.TestApp;
import dev.latchkey.testkit.TestUser;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The scopes that each user has consented to, by app. Thread-safe. */
public final class Consents {

  private final Map<String, Map<String, Set<String>>> byUserAndApp = new HashMap<>();

  public synchronized void add(TestUser user, TestApp app, Set<String> scopes) {
    byUserAndApp
        .computeIfAbsent(key(user.username()), user0 -> new HashMap<>())
        .computeIfAbsent(app.clientId(), app0 -> new HashSet<>())
        .addAll(scopes);
  }

  /** Withdraws the user's consent to all apps. */
  public synchronized void withdraw(String username) {
    byUserAndApp.remove(key(username));
  }

  public synchronized boolean covers(TestUser user, TestApp app, Set<String> scopes) {
    var apps = byUserAndApp.getOrDefault(key(user.username()), Map.of());
    return apps.containsKey(app.clientId())
        && apps.get(app.clientId()).containsAll(ScopeLists.ofResources(scopes));
  }

  private static String key(String username) {
    return username.toLowerCase(Locale.ROOT);
  }
}
