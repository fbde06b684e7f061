package dev.socketio.chat;

import dev.socketio.Socket;
import dev.socketio.time.Scheduler;
import java.time.Duration;

/**
 * What programs and the pages of tutorials send, in the main namespace: {@code chat message} with a text. What cannot be
 * delivered is answered in the way that they can show, with a {@code chat message} for the sender alone.
 */
final class SimpleEvents {

    private final ChatLane lane;
    private final Scheduler time;
    private final Presence presence;
    private final Talk talk;
    private final Limits limits;

    SimpleEvents(ChatLane lane, Scheduler time, Presence presence, Talk talk, Limits limits) {
        this.lane = lane;
        this.time = time;
        this.presence = presence;
        this.talk = talk;
        this.limits = limits;
    }

    void onConnection(Socket socket) {
        TokenBucket bucket = new TokenBucket(time, limits.burst(), limits.perSecond());
        socket.on("chat message", Object.class, message -> {
            if (bucket.take()) {
                lane.run(() -> say(socket, message));
            } else {
                refuse(socket, "you are too fast.");
            }
        });
        socket.onDisconnect(reason -> lane.run(() -> presence.lose(socket.id(), Duration.ZERO)));
    }

    private void say(Socket socket, Object message) {
        if (!(message instanceof String text)) {
            refuse(socket, "a message is a text.");
            return;
        }
        try {
            talk.checkText(text);
            talk.saySimply(presence.enterSimply(socket), text);
        } catch (Refusal e) {
            refuse(socket, e.problem());
        }
    }

    private static void refuse(Socket socket, String reason) {
        socket.emit("chat message", "Not sent: " + reason);
    }
}
