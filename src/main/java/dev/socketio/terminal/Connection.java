package dev.socketio.terminal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socket.client.Ack;
import io.socket.client.AckWithTimeout;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * A connection that comes back after a loss, until one of both sides has ended it. It is a WebSocket, or long polling
 * where there can be none; it does not begin with the one and go on with the other, see {@link Outflow}.
 *
 * <p>The client reports on a thread of its own; the methods here are for another one, which may wait.
 */
final class Connection {

    /** For what has been sent to leave, and for the server to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** In bytes: what may wait to leave. */
    private static final long MAX_WAITING = 1_000_000;

    /** Until one looks again whether something has left: nobody calls then. */
    private static final Duration MOMENT = Duration.ofMillis(1);

    /** The reference server forgets events that reach it in one go with the farewell. */
    private static final Duration BEFORE_FAREWELL = Duration.ofMillis(100);

    private final Address address;
    private final Printer printer;
    private final Socket socket;
    private final Outflow outflow = new Outflow();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final CompletableFuture<Object> first = new CompletableFuture<>();

    /** `lock` guards whether there is a connection now; those who wait for one wait on it. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private boolean connected;

    private Connection(Address address, Printer printer, String transport) {
        this.address = address;
        this.printer = printer;
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setPath(address.path())
                .setTransports(new String[] {transport})
                .build();
        options.query = address.query();
        outflow.watch(options);
        socket = IO.socket(address.uri(), options);
        outflow.watch(socket.io());
        socket.on(Socket.EVENT_CONNECT, arguments -> onConnect());
        socket.on(Socket.EVENT_CONNECT_ERROR, arguments -> onConnectError(arguments.length == 0 ? "" : arguments[0]));
        socket.on(Socket.EVENT_DISCONNECT, arguments -> onDisconnect(String.valueOf(arguments[0])));
        socket.on("talkback", arguments -> onTalkback(arguments.length == 0 ? null : arguments[0]));
    }

    /**
     * Connects for the first time.
     *
     * @throws ConnectFailure if there is no way, or if it takes too long
     */
    static Connection open(Address address, Printer printer, Duration timeout) throws ConnectFailure {
        CompletableFuture<Boolean> late = after(timeout);
        Object failure = null;
        for (String transport : new String[] {WebSocket.NAME, Polling.NAME}) {
            Connection connection = new Connection(address, printer, transport);
            connection.socket.connect();
            Object outcome = CompletableFuture.anyOf(connection.first, late).join();
            if (outcome == connection.socket) {
                return connection;
            }
            connection.socket.off();
            connection.socket.disconnect();
            if (late.isDone()) {
                throw new ConnectFailure("no answer from " + address + " within " + timeout.toSeconds()
                        + " s: check the URL, or give more time with --timeout");
            }
            failure = outcome;
            if (outcome instanceof JSONObject) {
                break;
            }
        }
        throw new ConnectFailure(Failures.explain(address, failure));
    }

    private void onConnect() {
        setConnected(true);
        printer.news(
                (first.complete(socket) ? "connected to " : "connected again to ") + address + " as " + socket.id());
    }

    private void onConnectError(Object reason) {
        if (!first.complete(reason) && !socket.isActive()) {
            ended.complete(Failures.explain(address, reason));
        }
    }

    private void onDisconnect(String reason) {
        setConnected(false);
        if (socket.isActive()) {
            printer.news("connection lost (" + reason + "), trying again");
        } else if (!reason.equals("io client disconnect")) {
            ended.complete("the server has ended the connection");
        }
    }

    private void onTalkback(@Nullable Object value) {
        if (!printer.talkback(value)) {
            ended.complete("nobody reads what is printed");
        }
    }

    private void setConnected(boolean now) {
        synchronized (lock) {
            connected = now;
            lock.notifyAll();
        }
    }

    private boolean isConnected() {
        synchronized (lock) {
            return connected;
        }
    }

    /** Completes, with the reason, when the connection has ended and does not come back. */
    CompletableFuture<String> ended() {
        return ended;
    }

    /** Sends a message. While there is no connection, or too much waits to leave, so does this method. */
    void message(Object value) throws InterruptedException {
        awaitConnection();
        socket.emit("message", value);
        while (isConnected() && outflow.waiting() > MAX_WAITING) {
            after(MOMENT).join();
        }
    }

    /**
     * Sends a message and waits for the server's answer.
     *
     * @return what is wrong; empty if the answer says that nothing is
     */
    Optional<String> ask(Object value) throws InterruptedException {
        awaitConnection();
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Ack ack = new AckWithTimeout(PATIENCE.toMillis()) {
            @Override
            public void onSuccess(Object... values) {
                answer.complete(
                        values.length == 0
                                ? Optional.empty()
                                : Optional.ofNullable(values[0]).map(String::valueOf));
            }

            @Override
            public void onTimeout() {
                answer.complete(
                        Optional.of("the server has not acknowledged a message: leave out --ack if it never does"));
            }
        };
        socket.emit("message", new Object[] {value}, ack);
        return answer.join();
    }

    private void awaitConnection() throws InterruptedException {
        synchronized (lock) {
            while (!connected) {
                lock.wait();
            }
        }
    }

    /**
     * Ends the connection when all that was sent has left.
     *
     * @return false if it has been lost before, or if the server takes nothing more
     */
    boolean close() {
        CompletableFuture<Boolean> late = after(PATIENCE);
        while (isConnected() && outflow.waiting() > 0 && !late.isDone()) {
            after(MOMENT).join();
        }
        after(BEFORE_FAREWELL).join();
        boolean left = isConnected() && outflow.waiting() == 0;
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        socket.io().once(Manager.EVENT_CLOSE, arguments -> closed.complete(true));
        socket.disconnect();
        if (left) {
            CompletableFuture.anyOf(closed, late).join();
            // The farewell leaves too, so that the server knows that this is no loss.
            while (outflow.waiting() > 0 && !late.isDone()) {
                after(MOMENT).join();
            }
        }
        return left;
    }

    private static CompletableFuture<Boolean> after(Duration time) {
        return new CompletableFuture<Boolean>().completeOnTimeout(true, time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
