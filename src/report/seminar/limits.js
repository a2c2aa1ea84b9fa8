// What the page must not be used for; and what it is made of.
Object.assign(WORDS, {
  limits: ["使用限制", "Limits of use"],
  limits_list: [
    [
      "不是预测：不得用于预测某地、某年或某起事件，不得用于评价某个政府或企业，也不得用于厘定费率。两座城市都是虚构的。",
      "约七分之六的参数出自判断；手段的单价、防护工程的效果和瞒报行为左右排名，又最不确定。",
      "没有哪个安排被设计成必胜；责任矩阵是对法律条文的一种理解，不是官方文本。",
      "社会是静态的：没有增长、老龄化、迁移和气候变化；不含私人道路交通和居民家庭火灾。",
      "区间只反映运气，不反映参数的不确定；“尚难区分”不等于没有差别。",
    ],
    [
      "Not a forecast: it must not be used to predict a place, a year or an event, to rate a government or an enterprise, or to set a premium. Both cities are fictional.",
      "About six in seven of the parameters are judgement; prices of levers, the effect of protective works and concealment decide rankings and are known least.",
      "No arrangement is built to win; the matrices of responsibility are a reading of the laws, not an official one.",
      "A stationary society: no growth, ageing, migration or climate change; private road traffic and fires in homes are left out.",
      "Intervals tell of luck only, not of uncertain parameters; not resolved does not mean that there is no difference.",
    ],
  ],
  made_of: [
    "由 riskweave {0} 生成：每座城市 {1} 种组合(六个开关 64 种、卡片 144 种)，各经历同样的 {2} 段历史，每段 {3} 年(此前预热 {4} 年)，种子 {5}；运行编号 {6}。本页不联网，不保存任何内容。",
    "Made by riskweave {0}: {1} combinations in each city (64 of the switches, 144 hands of cards) lived through the same {2} histories of {3} years (after {4} years of burn-in), seed {5}; runs {6}. The page uses no network and stores nothing.",
  ],
});
