package dev.latchkey.testkit.internal.grant;

import dev.latchkey.testkit.OAuthFailure;

/** Ends a request with an OAuth error. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient OAuthFailure failure;

  public Refusal(OAuthFailure failure) {
    super(failure.toString(), null, false, false);
    this.failure = failure;
  }

  public static Refusal of(String error, int aadsts) {
    return new Refusal(OAuthFailure.of(error).aadsts(aadsts));
  }

  public static Refusal of(String error, int aadsts, String description) {
    return new Refusal(OAuthFailure.of(error).aadsts(aadsts).description(description));
  }

  public OAuthFailure failure() {
    return failure;
  }
}
