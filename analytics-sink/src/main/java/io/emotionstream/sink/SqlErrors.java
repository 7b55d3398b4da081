// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL's error codes mean for the sink. */
final class SqlErrors {
  private static final String CONNECTION_REJECTED = "08004";
  private static final String CHECK_VIOLATION = "23514";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Connection, resources, transaction rollback, operator intervention, system error. */
  private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "57", "58");

  /** Besides: a lock that was not free, and a primary that has become a standby. */
  private static final Set<String> TRANSIENT_CODES = Set.of(LOCK_NOT_AVAILABLE, "25006");

  private SqlErrors() {}

  /** Whether the same may succeed later without anybody changing a setting. */
  static boolean isTransient(SQLException e) {
    String code = code(e);
    if (code.isEmpty()) {
      return e.getCause() instanceof IOException;
    }
    return TRANSIENT_CODES.contains(code)
        || isMissingPartition(e)
        || (!isUntrusted(e)
            && TRANSIENT_CLASSES.contains(code.substring(0, 2))
            && !code.equals(CONNECTION_REJECTED));
  }

  /** Whether the row itself is at fault: bad data or a violated constraint. */
  static boolean isRefusedValue(SQLException e) {
    String code = code(e);
    return (code.startsWith("22") || code.startsWith("23")) && !isMissingPartition(e);
  }

  static boolean isLockTimeout(SQLException e) {
    return code(e).equals(LOCK_NOT_AVAILABLE);
  }

  /** Returns the error in one line, with its code and without the values of a statement. */
  static String describe(SQLException e) {
    // A failed batch says all its values; its cause says what is wrong.
    String message = postgres(e).map(SqlErrors::message).orElse(String.valueOf(e.getMessage()));
    String code = code(e);
    return message.lines().findFirst().orElse("") + (code.isEmpty() ? "" : " (" + code + ")");
  }

  /** Returns what a person can do about it. */
  static String remedy(SQLException e) {
    String code = code(e);
    if (code.startsWith("28") || code.equals(CONNECTION_REJECTED)) {
      return "check user, password and sslmode, and the server's pg_hba.conf";
    }
    if (isUntrusted(e)) {
      return "check sslmode and sslrootcert in the URL, and the name in the server's certificate";
    }
    return switch (code) {
      case "3D000" -> "create the database, or name another one in the URL";
      case "42501" ->
          "let './emotion database migrate' make and share out the tables as their owner, or use a"
              + " user who owns them (docs/SECURITY.md)";
      default -> "see the server's log";
    };
  }

  /** Returns the database's error behind {@code e}, if there is one. */
  static Optional<SQLException> findIn(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst();
  }

  // A partition dropped by hand: it has the code of a check violation, but names no constraint.
  private static boolean isMissingPartition(SQLException e) {
    return code(e).equals(CHECK_VIOLATION)
        && postgres(e)
            .map(PSQLException::getServerErrorMessage)
            .filter(message -> message.getConstraint() == null)
            .isPresent();
  }

  private static String code(SQLException e) {
    String code = e.getSQLState();
    return code == null || code.length() != 5 ? "" : code;
  }

  private static String message(PSQLException e) {
    return Optional.ofNullable(e.getServerErrorMessage())
        .map(ServerErrorMessage::getMessage)
        .orElse(String.valueOf(e.getMessage()));
  }

  /** Whether the server's certificate is not one that is trusted. */
  private static boolean isUntrusted(SQLException e) {
    return Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause -> cause instanceof CertificateException);
  }

  // A failed batch wraps the server's error.
  private static Optional<PSQLException> postgres(SQLException e) {
    return Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
        .filter(PSQLException.class::isInstance)
        .map(PSQLException.class::cast)
        .findFirst();
  }
}
