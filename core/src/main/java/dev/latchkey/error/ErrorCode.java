package dev.latchkey.error;

/**
 * The {@code error} codes that the token endpoint answers, as RFC 6749 §5.2 and RFC 8628 §3.5 spell
 * them.
 */
final class ErrorCode {
  static final String ACCESS_DENIED = "access_denied";
  static final String AUTHORIZATION_PENDING = "authorization_pending";
  static final String EXPIRED_TOKEN = "expired_token";
  static final String INVALID_CLIENT = "invalid_client";
  static final String INVALID_GRANT = "invalid_grant";
  static final String INVALID_REQUEST = "invalid_request";
  static final String INVALID_SCOPE = "invalid_scope";
  static final String SLOW_DOWN = "slow_down";
  static final String UNAUTHORIZED_CLIENT = "unauthorized_client";
  static final String UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type";

  private ErrorCode() {}
}
