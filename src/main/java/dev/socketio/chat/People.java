package dev.socketio.chat;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who is in the chat, and what they are called. */
final class People {

    private static final String GUEST = "Guest ";

    /** What looks like the name of somebody who has none. */
    private static final Pattern RESERVED = Pattern.compile("guest \\d+|you");

    private final Limits limits;
    private final Map<String, Person> byKey = new HashMap<>();
    private final Map<String, Person> byId = new LinkedHashMap<>();
    private final Map<String, Person> byName = new HashMap<>();
    private final Map<String, Tab> bySocket = new HashMap<>();
    private long number;

    People(Limits limits) {
        this.limits = limits;
    }

    /**
     * Lets somebody in, as a guest whose name has a number.
     *
     * @param key a secret of that person
     * @throws Refusal if there are too many
     */
    Person enter(String key, boolean simple) throws Refusal {
        if (byId.size() >= limits.people()) {
            throw new Refusal("The chat is full: " + limits.people() + " people are here. Come back later.");
        }
        String id = Long.toString(++number);
        Person person = new Person(id, key, GUEST + id, simple);
        byKey.put(key, person);
        byId.put(id, person);
        return person;
    }

    /** Returns the person with this secret. */
    Optional<Person> withKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    Optional<Person> withId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns the tab that a socket stands for. */
    Optional<Tab> withSocket(String socketId) {
        return Optional.ofNullable(bySocket.get(socketId));
    }

    /** Returns everybody in the order in which they came, a view. */
    Collection<Person> all() {
        return byId.values();
    }

    /**
     * Gives somebody a name.
     *
     * @param name as it was typed
     * @throws Refusal if it is no name, or somebody else's
     */
    void rename(Person person, String name) throws Refusal {
        String clean = Names.clean("A name", name);
        String key = Names.key(clean);
        if (RESERVED.matcher(key).matches()) {
            throw new Refusal("The name “" + clean + "” is reserved. Choose another one.");
        }
        Person owner = byName.putIfAbsent(key, person);
        if (owner != null && owner != person) {
            throw new Refusal("The name “" + clean + "” is taken. Choose another one.");
        }
        String before = Names.key(person.name());
        if (!before.equals(key)) {
            byName.remove(before, person);
        }
        person.rename(clean);
    }

    /**
     * Notes that somebody has the chat open.
     *
     * @throws Refusal if the person has it open too often
     */
    Tab open(Person person, String tabId, String socketId, Room room) throws Refusal {
        if (person.tabs().size() >= limits.tabs()) {
            throw new Refusal("You have the chat open " + limits.tabs() + " times already. Close another page first.");
        }
        Tab tab = new Tab(tabId, person, socketId, room);
        person.tabs().put(tabId, tab);
        bySocket.put(socketId, tab);
        return tab;
    }

    /** Notes that a tab is back, perhaps with another socket. */
    void connect(Tab tab, String socketId) {
        bySocket.remove(tab.socketId(), tab);
        tab.connect(socketId);
        bySocket.put(socketId, tab);
    }

    /** Forgets a tab, and the person with the last one. */
    void close(Tab tab) {
        Person person = tab.person();
        person.tabs().remove(tab.id());
        bySocket.remove(tab.socketId(), tab);
        if (person.tabs().isEmpty()) {
            byKey.remove(person.key());
            byId.remove(person.id());
            byName.remove(Names.key(person.name()), person);
        }
    }
}
