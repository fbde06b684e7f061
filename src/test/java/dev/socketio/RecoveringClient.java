package dev.socketio;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client that comes back as the official one does: with the pid that it was given, and the last string that was the
 * last argument of an event.
 */
final class RecoveringClient {

    private static final Pattern CONNECT = Pattern.compile("0\\{\"sid\":\"([^\"]+)\",\"pid\":\"([^\"]+)\"}");
    private static final Pattern EVENT = Pattern.compile("2\\[\"([^\"]+)\".*?(?:,\"([^\"]+)\")?]");

    private final SocketIoServer io;
    private FakeClient connection;
    private @Nullable String id;
    private @Nullable String pid;
    private @Nullable String offset;
    private boolean recovered;

    private RecoveringClient(SocketIoServer io) {
        this.io = io;
        this.connection = FakeClient.open(io);
    }

    /** Connects for the first time. */
    static RecoveringClient connect(SocketIoServer io) {
        RecoveringClient client = new RecoveringClient(io);
        client.connection.send("0");
        client.received();
        return client;
    }

    /** Opens another connection and asks for the session; the one before is left as it is. */
    RecoveringClient comeBack() {
        return comeBack("{\"pid\":\"" + pid + "\"" + (offset == null ? "" : ",\"offset\":\"" + offset + "\"") + "}");
    }

    RecoveringClient comeBack(String auth) {
        connection = FakeClient.open(io);
        connection.send("0" + auth);
        return this;
    }

    /** Returns what has come, in short: names of events, {@code CONNECT}, other packets as they are. */
    List<String> received() {
        List<String> all = new ArrayList<>();
        for (String packet : connection.received()) {
            all.add(take(packet));
        }
        return all;
    }

    private String take(String packet) {
        Matcher connect = CONNECT.matcher(packet);
        if (connect.matches()) {
            recovered = connect.group(2).equals(pid);
            id = connect.group(1);
            pid = connect.group(2);
            return "CONNECT";
        }
        Matcher event = EVENT.matcher(packet);
        if (event.matches()) {
            offset = event.group(2) == null ? offset : event.group(2);
            return requireNonNull(event.group(1));
        }
        return packet;
    }

    FakeClient connection() {
        return connection;
    }

    String id() {
        return requireNonNull(id);
    }

    String pid() {
        return requireNonNull(pid);
    }

    @Nullable
    String offset() {
        return offset;
    }

    boolean isRecovered() {
        return recovered;
    }

    /** Returns the server's side. */
    Socket socket() {
        return io.sockets().socket(id()).orElseThrow();
    }

    void hangUp() {
        connection.hangUp();
    }
}
