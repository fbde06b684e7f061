package dev.socketio.apps;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened to sockets, by id; the ids seen first are forgotten first. */
final class Journal {

    private static final int MAX_IDS = 20_000;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, List<String>> lines = new LinkedHashMap<>();

    void note(String id, String line) {
        synchronized (lock) {
            lines.computeIfAbsent(id, first -> new ArrayList<>()).add(line);
            if (lines.size() > MAX_IDS) {
                lines.remove(lines.keySet().iterator().next());
            }
        }
    }

    List<String> of(String id) {
        synchronized (lock) {
            return List.copyOf(lines.getOrDefault(id, List.of()));
        }
    }
}
