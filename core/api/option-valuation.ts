/**
 * Value and greeks of one option on a forward F. Linear: all of the value V in quote currency. Inverse: value, vega,
 * theta, rho, volga and dualDelta are of V/F, in coin; delta, gamma and vanna stay those of V, as venues state them, and
 * `coin` has the derivatives of V/F by the forward.
 */
export interface OptionValuation {
  /** Quote currency, or coin when inverse. */
  readonly value: number;
  /** ∂V/∂F. */
  readonly delta: number;
  /** `delta` less the coin premium for inverse options; equals `delta` otherwise. */
  readonly netDelta: number;
  /** ∂²V/∂F². */
  readonly gamma: number;
  /** Per 1.00 of volatility. */
  readonly vega: number;
  /** −∂/∂τ with F constant, per year. */
  readonly theta: number;
  /** ∂/∂r with F constant. */
  readonly rho: number;
  /** ∂²V/∂F∂σ. */
  readonly vanna: number;
  readonly volga: number;
  /** ∂/∂K. */
  readonly dualDelta: number;
  /** Inverse only. */
  readonly coin?: CoinSlopes;
}

/** Derivatives by the forward of an inverse option's value in coin, V/F. */
export interface CoinSlopes {
  /** ∂(V/F)/∂F: coin per 1 of quote currency; `netDelta` over F. */
  readonly delta: number;
  /** ∂²(V/F)/∂F²: coin per quote currency squared. */
  readonly gamma: number;
  /** ∂²(V/F)/∂F∂σ: coin per 1 of quote currency and 1.00 of volatility. */
  readonly vanna: number;
}
