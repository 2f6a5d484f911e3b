package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import java.io.IOException;

/** The error for a model that is neither in the cache nor can be downloaded, with the folder to copy. */
final class Offline {
    private Offline() {}

    /**
     * The hub cannot be reached.
     *
     * @param name what the user asked for
     * @param repository the repository that it needs
     */
    static ClapException unreachable(String name, Repository repository, HubSettings settings, IOException cause) {
        return notDownloaded(name, settings.host() + " cannot be reached", repository, settings, cause);
    }

    /** Downloads are switched off. */
    static ClapException switchedOff(String name, Repository repository, HubSettings settings) {
        return notDownloaded(name, "HF_HUB_OFFLINE forbids downloads", repository, settings, null);
    }

    private static ClapException notDownloaded(
            String name, String reason, Repository repository, HubSettings settings, IOException cause) {
        return new ClapException(
                Problem.NOT_DOWNLOADED,
                name + " is neither a folder here nor in the cache, and " + reason
                        + "; download it on a machine with a connection, and copy the folder " + repository.folder()
                        + " from its cache to " + settings.cache().resolve(repository.folder()),
                cause);
    }
}
