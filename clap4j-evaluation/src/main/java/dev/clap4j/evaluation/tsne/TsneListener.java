package dev.clap4j.evaluation.tsne;

/** Told how far a map is. Its methods are called by one thread at a time. */
public interface TsneListener {
    /** Is told and does nothing. */
    TsneListener NONE = new TsneListener() {
        @Override
        public void neighbours(int more) {}

        @Override
        public void iterations(int more) {}
    };

    /** The neighbours of so many more points are known; it ends when all points have been told. */
    void neighbours(int more);

    /** So many more steps of gradient descent are done. */
    void iterations(int more);
}
