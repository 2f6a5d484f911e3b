package dev.clap4j.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.FolderLock;
import dev.clap4j.internal.run.RunFolder;
import java.nio.file.Path;

/**
 * The run directory of an evaluation that is fast enough to be repeated each time. It is locked until this is
 * closed.
 */
public final class EvaluationFolder implements AutoCloseable {
    private final Path folder;
    private final FolderLock lock;

    private EvaluationFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Locks a folder and writes the provenance; an earlier run of the same protocol is replaced.
     *
     * @throws ClapException if the folder holds a run of another kind or one in progress, or cannot be written
     */
    public static EvaluationFolder take(Path folder, ObjectNode provenance) {
        EvaluationFolder taken = new EvaluationFolder(folder, FolderLock.take(folder));
        try {
            RunFolder.requireKind(folder, provenance);
            AtomicFiles.writeString(RunFolder.provenance(folder), provenance.toPrettyString() + "\n");
            return taken;
        } catch (RuntimeException e) {
            taken.close();
            throw e;
        }
    }

    /** Returns the path of the folder. */
    public Path folder() {
        return folder;
    }

    /**
     * Writes a protocol's result atomically.
     *
     * @param result a record
     * @throws ClapException if it cannot be written
     */
    public void save(Protocol protocol, Object result) {
        ResultFile.save(folder.resolve(protocol.file()), result);
    }

    @Override
    public void close() {
        lock.close();
    }
}
