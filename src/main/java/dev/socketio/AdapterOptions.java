package dev.socketio;

import dev.socketio.adapter.AdapterProvider;
import dev.socketio.adapter.InMemoryAdapter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The options that choose an adapter by name, and those of the adapters that there are. */
final class AdapterOptions {

    private static final String ADAPTER = "adapter";

    /** The adapter of a server that stands alone. */
    private static final String MEMORY = "memory";

    private final List<AdapterProvider> providers = new ArrayList<>();
    private final Set<String> names = new TreeSet<>(Set.of(ADAPTER));

    /** Looks for adapters beside this class. */
    AdapterOptions() {
        ServiceLoader.load(AdapterProvider.class, AdapterOptions.class.getClassLoader())
                .forEach(providers::add);
        providers.forEach(provider -> names.addAll(provider.options()));
    }

    Set<String> names() {
        return names;
    }

    /** @param values those of {@link #names} that are set */
    void apply(SocketIoServer.Builder builder, Map<String, String> values) {
        if (values.isEmpty()) {
            return;
        }
        String adapter = values.get(ADAPTER);
        if (adapter == null) {
            throw new IllegalArgumentException(
                    "option socketio." + values.keySet().iterator().next()
                            + " is set, and socketio.adapter is not: set it to one of " + adapters());
        }
        if (adapter.equals(MEMORY)) { // whatever is set for others, which may be there for the day they are back
            builder.adapter(context -> InMemoryAdapter::new);
            return;
        }
        AdapterProvider provider = providers.stream()
                .filter(candidate -> candidate.adapters().contains(adapter))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "option socketio.adapter is \"" + adapter + "\": give one of " + adapters()));
        Map<String, String> own = new HashMap<>(values);
        own.keySet().retainAll(provider.options());
        builder.adapter(provider.create(adapter, new TreeMap<>(own)));
    }

    private Set<String> adapters() {
        Set<String> adapters = new TreeSet<>(Set.of(MEMORY));
        providers.forEach(provider -> adapters.addAll(provider.adapters()));
        return adapters;
    }
}
