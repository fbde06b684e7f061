package dev.socketio.chat;

import static java.util.Objects.requireNonNull;

import dev.socketio.Namespace;
import dev.socketio.Socket;
import dev.socketio.SocketIoServer;
import dev.socketio.chat.ChatMessage.Sender;
import dev.socketio.time.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * What people say to each other. Pages hear {@code message}, with everything about it; programs and the pages of
 * tutorials are in the main namespace and hear {@code chat message}, a text. Neither hears the other's event, so nobody
 * hears anything twice.
 */
final class Talk {

    private final SocketIoServer io;
    private final Scheduler time;
    private final Namespace pages;
    private final People people;
    private final ChatRooms rooms;
    private final Limits limits;

    /** Begins the ids of messages: those of the server that was here before must not come again. */
    private final String prefix;

    private long number;

    Talk(SocketIoServer io, Namespace pages, People people, ChatRooms rooms, Limits limits) {
        this.io = io;
        this.time = io.scheduler();
        this.pages = pages;
        this.people = people;
        this.rooms = rooms;
        this.limits = limits;
        this.prefix = Long.toString(time.now().toEpochMilli(), Character.MAX_RADIX) + "-";
    }

    /**
     * A message of a page.
     *
     * @param id the page's own, by which a message is known that comes once more because its answer was lost
     * @param to whom it is for; null for everybody in the room
     */
    record Draft(String id, String text, @Nullable String to) {

        private static final int MAX_ID = 64;

        Draft {
            if (requireNonNull(id, "id").length() > MAX_ID) {
                throw new IllegalArgumentException("the id has more than " + MAX_ID + " characters");
            }
            requireNonNull(text, "text");
        }
    }

    /** Sends a message of a page to all but that page, which shows it already. */
    ChatMessage say(Socket socket, Tab tab, Draft draft) throws Refusal {
        Person from = tab.person();
        ChatMessage before = from.sent(draft.id());
        if (before != null) {
            return before;
        }
        checkText(draft.text());
        ChatMessage message = draft.to() == null
                ? sayInRoom(socket, tab, draft.text())
                : whisper(socket, from, draft.to(), draft.text());
        from.remember(draft.id(), message);
        return message;
    }

    private ChatMessage sayInRoom(Socket socket, Tab tab, String text) {
        Room room = tab.room();
        ChatMessage message = message(tab.person(), room, null, text);
        room.history().add(message);
        socket.to(room.channel()).emit("message", message);
        if (room == rooms.lobby()) {
            // who has no name speaks as in the tutorials, where nobody has one
            Person from = tab.person();
            io.emit("chat message", from.isNamed() ? from.name() + ": " + text : text);
        }
        return message;
    }

    private ChatMessage whisper(Socket socket, Person from, String toId, String text) throws Refusal {
        Person to = people.withId(toId).orElseThrow(() -> new Refusal("This person has left."));
        if (to == from) {
            throw new Refusal("This is you.");
        }
        if (to.isSimple()) {
            throw new Refusal(to.name() + " has a simple page, which cannot show what is private.");
        }
        ChatMessage message = message(from, null, to.sender(), text);
        socket.to(to.channel(), from.channel()).emit("message", message);
        return message;
    }

    /** Sends a text of somebody who knows texts only: to everybody of that kind, the sender too, and to the lobby. */
    void saySimply(Tab tab, String text) {
        ChatMessage message = message(tab.person(), rooms.lobby(), null, text);
        rooms.lobby().history().add(message);
        pages.to(rooms.lobby().channel()).emit("message", message);
        io.emit("chat message", text);
    }

    void checkText(String text) throws Refusal {
        if (text.isBlank()) {
            throw new Refusal("There is nothing in this message.");
        }
        if (text.length() > limits.messageLength()) {
            throw new Refusal("This message is too long: " + limits.messageLength() + " characters are the limit.");
        }
    }

    private ChatMessage message(Person from, @Nullable Room room, @Nullable Sender to, String text) {
        String id = prefix + ++number;
        return new ChatMessage(id, from.sender(), room == null ? null : room.name(), to, text, time.now());
    }
}
