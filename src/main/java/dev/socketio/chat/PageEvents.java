package dev.socketio.chat;

import dev.socketio.DisconnectReason;
import dev.socketio.Socket;
import dev.socketio.protocol.Value;
import dev.socketio.time.Scheduler;
import java.time.Duration;
import java.util.Optional;

/** What the chat's page sends, in the namespace {@code /chat}. Each event but {@code typing} is answered. */
final class PageEvents {

    /** Long enough for a page that is loaded anew to come back before it is missed. */
    private static final Duration RELOAD = Duration.ofSeconds(2);

    private static final String TOO_FAST = "You are too fast. Wait a moment, then try again.";

    private final ChatLane lane;
    private final Scheduler time;
    private final People people;
    private final Presence presence;
    private final Talk talk;
    private final Limits limits;

    PageEvents(ChatLane lane, Scheduler time, People people, Presence presence, Talk talk, Limits limits) {
        this.lane = lane;
        this.time = time;
        this.people = people;
        this.presence = presence;
        this.talk = talk;
        this.limits = limits;
    }

    /** Something that a page wants, as it has come. */
    private interface Request<T> {

        Object answer(Socket socket, Tab tab, T argument) throws Refusal;
    }

    void onConnection(Socket socket) {
        Welcome.Wish wish = wish(socket);
        lane.run(() -> enter(socket, wish));
        on(socket, "say", Talk.Draft.class, talk::say);
        on(socket, "room", String.class, presence::move);
        on(socket, "name", String.class, (from, tab, name) -> {
            presence.rename(tab, name);
            return tab.person().name();
        });
        TokenBucket keys = new TokenBucket(time, limits.burst(), limits.perSecond());
        socket.on("typing", () -> {
            if (keys.take()) {
                lane.run(() -> people.withSocket(socket.id()).ifPresent(tab -> tellTyping(socket, tab)));
            }
        });
        socket.onDisconnect(reason -> lane.run(() -> presence.lose(socket.id(), patience(reason))));
    }

    private static Welcome.Wish wish(Socket socket) {
        Value auth = socket.handshake().auth();
        Welcome.Wish wish = new Welcome.Wish(
                text(auth, "key", socket.id()), text(auth, "tab", ""), text(auth, "name", ""), text(auth, "room", ""));
        return wish.isSound() ? wish : new Welcome.Wish(socket.id(), "", "", "");
    }

    private static String text(Value auth, String property, String fallback) {
        return auth.get(property, Object.class).orElse("") instanceof String text && !text.isEmpty() ? text : fallback;
    }

    private void enter(Socket socket, Welcome.Wish wish) {
        try {
            presence.enter(socket, wish);
        } catch (Refusal e) {
            socket.emit("refused", e.problem());
            socket.disconnect();
        }
    }

    private <T> void on(Socket socket, String event, Class<T> type, Request<T> request) {
        TokenBucket bucket = bucket(socket);
        socket.on(event, (arguments, ack) -> {
            if (!bucket.take()) {
                ack.send(Answer.refused(TOO_FAST));
                return;
            }
            Optional<T> argument = arguments.find(0, type);
            lane.answer(ack, () -> {
                Tab tab = people.withSocket(socket.id()).orElseThrow(() -> new Refusal("You have left the chat."));
                return request.answer(
                        socket, tab, argument.orElseThrow(() -> new Refusal("Something is missing: " + event + ".")));
            });
        });
    }

    /** Kept with the socket's data, so that nobody gets a full one by losing the connection. */
    private TokenBucket bucket(Socket socket) {
        return socket.data().get("bucket", TokenBucket.class).orElseGet(() -> {
            TokenBucket bucket = new TokenBucket(time, limits.burst(), limits.perSecond());
            socket.data().put("bucket", bucket);
            return bucket;
        });
    }

    private static void tellTyping(Socket socket, Tab tab) {
        socket.to(tab.room().channel()).asVolatile().emit("typing", tab.person().id());
    }

    private Duration patience(DisconnectReason reason) {
        return switch (reason) {
            case CLIENT_NAMESPACE_DISCONNECT -> RELOAD;
            case SERVER_NAMESPACE_DISCONNECT, SERVER_SHUTTING_DOWN -> Duration.ZERO;
            default -> limits.away();
        };
    }
}
