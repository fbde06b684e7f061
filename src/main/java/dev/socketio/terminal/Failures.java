package dev.socketio.terminal;

import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/** Says in words why a connection has not come about. */
final class Failures {

    private Failures() {}

    /**
     * Returns what to tell a person.
     *
     * @param reason what the client gives to those who listen to {@code connect_error}: an exception, or what the server
     *     has sent
     */
    static String explain(Address address, @Nullable Object reason) {
        if (reason instanceof JSONObject refusal) {
            return address + " refuses the connection to " + address.namespace() + ": " + refusal.optString("message");
        }
        Throwable cause = reason instanceof Throwable thrown ? thrown : null;
        for (; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "there is no host of the name in " + address.origin() + ": check how it is written";
            }
            if (cause instanceof ConnectException) {
                return "nobody listens at " + address.origin() + ": check the port, and whether the server runs";
            }
            if (cause instanceof SSLException) {
                return address.origin() + " does not speak TLS as expected: " + cause.getMessage();
            }
            if (cause.getCause() == null) {
                return other(address, String.valueOf(cause.getMessage()));
            }
        }
        return other(address, String.valueOf(reason));
    }

    private static String other(Address address, String message) {
        return "there is no Socket.IO at " + address + " (" + message
                + "): give the URL of the web application, such as " + address.origin() + "/chat, or --path";
    }
}
