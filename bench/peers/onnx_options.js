// How ONNX Runtime's sessions are opened: as fast as it can be with so many threads.
module.exports = (threads, spins) => ({
  intraOpNumThreads: threads, interOpNumThreads: 1, graphOptimizationLevel: 'all', executionMode: 'sequential', logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: spins ? '1' : '0' } } },
});
