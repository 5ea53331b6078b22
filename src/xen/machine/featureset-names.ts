/** XEN_SYSCTL_cpu_featureset_*, by the names of policies. */
export const featuresetNames = ['Raw', 'Host', 'PV Default', 'HVM Default', 'PV Max', 'HVM Max'];
