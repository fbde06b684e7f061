package dev.socketio.chat;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.Socket;
import dev.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a first lesson has on its server: a welcome, thanks for it, and events to everybody, to one socket by its id, and
 * to all but this one. Visitors set them off from the page {@code first-steps.html}; the words are the server's own, so
 * that nobody can put others into its mouth.
 *
 * <p>Whoever asks with an acknowledgement is answered {@code null}, or a text that says what is wrong.
 */
final class FirstSteps {

    /** What {@code welcome}, {@code thanks}, {@code request} and {@code brag} carry. */
    record Note(@Nullable String message) {}

    /** What {@code achtung} carries. */
    record Warning(String warning) {}

    private static final Logger log = LoggerFactory.getLogger(FirstSteps.class);

    private static final String TOO_OFTEN = "Others have just done so. Wait a few seconds.";

    private static final int AT_ONCE = 10;

    private static final int PER_SECOND = 1;

    private final SocketIoServer io;

    /** `lock` guards the bucket, which handlers of several sockets use at a time. */
    private final Object lock = new Object();

    /** For all visitors together, since everybody has to bear what each of them sets off. */
    @GuardedBy("lock")
    private final TokenBucket bucket;

    private FirstSteps(SocketIoServer io) {
        this.io = io;
        this.bucket = new TokenBucket(io.scheduler(), AT_ONCE, PER_SECOND);
    }

    static void addTo(SocketIoServer io) {
        io.onConnection(new FirstSteps(io)::welcome);
    }

    private void welcome(Socket socket) {
        socket.on("thanks", Note.class, note -> log.debug("{} gives thanks", socket.id()));
        socket.on("warn everybody", (arguments, ack) -> ack.send(warnEverybody()));
        socket.on("friend request", String.class, (id, ack) -> ack.send(requestFriendship(id)));

        socket.emit("welcome", new Note("Welcome. It is nice to see you."));
    }

    private @Nullable String warnEverybody() {
        if (!mayDisturb()) {
            return TOO_OFTEN;
        }
        io.emit("achtung", new Warning("This site will go offline for maintenance in one hour."));
        return null;
    }

    private @Nullable String requestFriendship(@Nullable String id) {
        Socket recipient = id == null ? null : io.sockets().socket(id).orElse(null);
        if (recipient == null) {
            return "There is no socket with this id.";
        }
        if (!mayDisturb()) {
            return TOO_OFTEN;
        }
        recipient.emit("request", new Note("You have a new friend request!"));
        recipient.broadcast().emit("brag", new Note("Hey everybody, I just received a new friend request!"));
        return null;
    }

    private boolean mayDisturb() {
        synchronized (lock) {
            return bucket.take();
        }
    }
}
