package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Path;

/** What to do about a model that is not in the cache of a machine without a connection. */
final class Offline {
    private Offline() {}

    /** The hub cannot be reached. */
    static ClapException unreachable(Repository repository, HubSettings settings, IOException cause) {
        return new ClapException(
                "Cannot reach " + settings.host() + ", and " + repository + " is not in the cache; "
                        + remedy(repository, settings),
                cause);
    }

    /** Downloads are switched off. */
    static ClapException switchedOff(Repository repository, HubSettings settings) {
        return new ClapException(repository + " is not in the cache, and HF_HUB_OFFLINE forbids downloads; "
                + remedy(repository, settings));
    }

    private static String remedy(Repository repository, HubSettings settings) {
        Path folder = settings.cache().resolve(repository.folder());
        return "run \"clap models pull " + repository + "\" on a machine with a connection, and copy its folder "
                + repository.folder() + " to " + folder;
    }
}
