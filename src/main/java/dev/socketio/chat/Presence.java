package dev.socketio.chat;

import dev.socketio.Namespace;
import dev.socketio.Socket;
import dev.socketio.chat.Person.View;
import dev.socketio.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Comings and goings, of which everybody is told. */
final class Presence {

    private final ChatLane lane;
    private final Scheduler time;
    private final Namespace pages;
    private final People people;
    private final ChatRooms rooms;

    Presence(ChatLane lane, Scheduler time, Namespace pages, People people, ChatRooms rooms) {
        this.lane = lane;
        this.time = time;
        this.pages = pages;
        this.people = people;
        this.rooms = rooms;
    }

    /**
     * Lets a page in that has connected, for the first time or again, and tells it what there is.
     *
     * @throws Refusal if there are too many people, or too many pages of this one
     */
    void enter(Socket socket, Welcome.Wish wish) throws Refusal {
        String key = "page:" + wish.key();
        Person person = people.withKey(key).orElse(null);
        View before = person == null ? null : person.view();
        List<String> problems = new ArrayList<>();
        if (person == null) {
            person = people.enter(key, /* simple= */ false);
            nameAsWished(person, wish.name(), problems);
        }
        Tab tab = person.tabs().get(wish.tab());
        if (tab == null) {
            tab = open(person, socket, wish, problems);
        } else {
            people.connect(tab, socket.id());
        }
        settle(socket, tab);
        View view = person.view();
        if (!view.equals(before)) {
            socket.broadcast().emit("person", view);
        }
        // a page that is recovered has got what it missed
        List<ChatMessage> history =
                socket.isRecovered() ? List.of() : tab.room().history().all();
        List<View> all = people.all().stream().map(Person::view).toList();
        socket.emit("welcome", new Welcome(person.id(), tab.room().name(), all, history, problems));
    }

    private void nameAsWished(Person person, String name, List<String> problems) {
        if (!name.isEmpty()) {
            try {
                people.rename(person, name);
            } catch (Refusal e) {
                problems.add(e.problem());
            }
        }
    }

    private Tab open(Person person, Socket socket, Welcome.Wish wish, List<String> problems) throws Refusal {
        Room room = roomAsWished(wish.room(), problems);
        try {
            return people.open(person, wish.tab(), socket.id(), room);
        } catch (Refusal e) {
            rooms.leave(room);
            throw e;
        }
    }

    private Room roomAsWished(String name, List<String> problems) throws Refusal {
        if (!name.isEmpty()) {
            try {
                return rooms.enter(name);
            } catch (Refusal e) {
                problems.add(e.problem());
            }
        }
        return rooms.enter(rooms.lobby().name());
    }

    /** Puts a socket where its tab is, and nowhere else; one that is recovered may have been elsewhere. */
    private static void settle(Socket socket, Tab tab) {
        String channel = tab.room().channel();
        socket.rooms().stream()
                .filter(room -> room.startsWith("room:") && !room.equals(channel))
                .forEach(socket::leave);
        socket.join(channel, tab.person().channel());
    }

    /**
     * Makes somebody of a client that has only texts to send, if it is nobody yet. Such are in the lobby.
     *
     * @throws Refusal if there are too many people
     */
    Tab enterSimply(Socket socket) throws Refusal {
        Tab known = people.withSocket(socket.id()).orElse(null);
        if (known != null) {
            return known;
        }
        Person person = people.enter("simple:" + socket.id(), /* simple= */ true);
        Tab tab = people.open(
                person, /* tabId= */ "", socket.id(), rooms.enter(rooms.lobby().name()));
        pages.emit("person", person.view());
        return tab;
    }

    /**
     * A socket is gone.
     *
     * @param patience how long its client may take to come back
     */
    void lose(String socketId, Duration patience) {
        Tab tab = people.withSocket(socketId).orElse(null);
        if (tab == null) {
            return;
        }
        if (patience.isZero()) {
            close(tab);
            return;
        }
        View before = tab.person().view();
        Runnable end = () -> lane.run(() -> {
            if (tab.isOver(time.nanoTime())) {
                close(tab);
            }
        });
        tab.disconnect(time.nanoTime() + patience.toNanos(), time.schedule(patience, end));
        announce(tab.person(), before);
    }

    private void close(Tab tab) {
        Person person = tab.person();
        View before = person.view();
        people.close(tab);
        rooms.leave(tab.room());
        if (person.tabs().isEmpty()) {
            pages.emit("gone", person.id());
        } else {
            announce(person, before);
        }
    }

    /**
     * Gives a person a name.
     *
     * @throws Refusal if the name is none, or taken
     */
    void rename(Tab tab, String name) throws Refusal {
        View before = tab.person().view();
        people.rename(tab.person(), name);
        announce(tab.person(), before);
    }

    /**
     * Takes a tab to another room.
     *
     * @return what was said there
     * @throws Refusal if the name is none, or there are too many rooms
     */
    Moved move(Socket socket, Tab tab, String name) throws Refusal {
        View before = tab.person().view();
        Room room = rooms.enter(name);
        rooms.leave(tab.room());
        tab.moveTo(room);
        settle(socket, tab);
        announce(tab.person(), before);
        return new Moved(room.name(), room.history().all());
    }

    /** What a page is told that has gone to another room. */
    record Moved(String room, List<ChatMessage> history) {}

    private void announce(Person person, View before) {
        View view = person.view();
        if (!view.equals(before)) {
            pages.emit("person", view);
        }
    }
}
